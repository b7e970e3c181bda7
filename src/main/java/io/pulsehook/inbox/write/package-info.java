/**
 * The one thread that writes: what waits for a commit, the transaction, and what each
 * database has to do for it.
 */
@NullMarked
package io.pulsehook.inbox.write;

import org.jspecify.annotations.NullMarked;
