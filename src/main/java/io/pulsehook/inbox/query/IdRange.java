package io.pulsehook.inbox.query;

/**
 * A range of ids, both ends included.
 *
 * @param lower the lowest
 * @param upper the highest
 */
record IdRange(long lower, long upper) {

}
