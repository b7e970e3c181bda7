/**
 * One handler's own way through the dispatcher: what is due is polled, runs on its
 * threads under supervision, and its outcome is written.
 */
@NullMarked
package io.pulsehook.dispatch.lane;

import org.jspecify.annotations.NullMarked;
