ALTER TABLE "institutions" DROP COLUMN "primary_color";--> statement-breakpoint
ALTER TABLE "institutions" DROP COLUMN "url";--> statement-breakpoint
ALTER TABLE "institutions" DROP COLUMN "status";--> statement-breakpoint
ALTER TABLE "transactions" DROP COLUMN "merchant_logo";