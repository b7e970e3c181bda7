/**
 * Keeping the inbox in order: retention, erasure, space on the disk, lost wake-ups.
 */
@NullMarked
package io.pulsehook.inbox.upkeep;

import org.jspecify.annotations.NullMarked;
