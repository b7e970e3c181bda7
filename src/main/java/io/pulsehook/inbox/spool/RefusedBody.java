package io.pulsehook.inbox.spool;

import java.time.Instant;

/**
 * A body in the spool that the inbox refused although it could store others. It is kept
 * and tried again at the next start, or when somebody asks for it.
 *
 * @param id its id in the spool
 * @param source the name of the source that received it
 * @param arrivedAt when its webhook arrived
 * @param size the number of its bytes
 * @param reason why it was refused, without any data
 */
public record RefusedBody(long id, String source, Instant arrivedAt, long size, String reason) {

}
