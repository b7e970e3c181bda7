/**
 * How the deliveries of handlers went over time: how many succeeded, how long they worked
 * and waited, and why they failed.
 */
@NullMarked
package io.pulsehook.inbox.history;

import org.jspecify.annotations.NullMarked;
