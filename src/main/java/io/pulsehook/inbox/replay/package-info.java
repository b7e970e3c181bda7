/**
 * Handing events to handlers again.
 */
@NullMarked
package io.pulsehook.inbox.replay;

import org.jspecify.annotations.NullMarked;
