/**
 * Keeps webhooks in a file on this machine's disk while the inbox cannot store them, and
 * brings them into the inbox when it can again.
 */
@NullMarked
package io.pulsehook.inbox.spool;

import org.jspecify.annotations.NullMarked;
