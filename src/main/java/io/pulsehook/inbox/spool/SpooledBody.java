package io.pulsehook.inbox.spool;

import java.time.Instant;

/**
 * A body in the spool.
 *
 * @param id its id, which is higher than those of all that came before it
 * @param source the name of the source that received it
 * @param arrivedAt when its webhook arrived
 * @param body its bytes
 */
record SpooledBody(long id, String source, Instant arrivedAt, byte[] body) {

}
