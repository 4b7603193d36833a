/** The cookie in which a browser tells its time zone, so that the server knows which day it is for the person. */
export const TIME_ZONE_COOKIE = 'pangea_zone'
