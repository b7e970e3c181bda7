package io.pulsehook.inbox.upkeep;

import io.pulsehook.inbox.write.FileSpace;

/**
 * What a housekeeper does its work with.
 *
 * @param retention deletes what has been kept for long enough
 * @param sweep wakes deliveries that nothing else woke
 * @param space gives back what the database no longer needs of the disk
 */
public record Upkeep(Retention retention, Sweep sweep, FileSpace space) {

}
