/** Cookie with the browser's time zone, so that the server renders the user's current date. */
export const TIME_ZONE_COOKIE = 'pangea_zone'
