/**
 * What is counted for operators: how much waits or is dead for each handler, what arrived
 * over time, and the figures behind metrics and alerts.
 */
@NullMarked
package io.pulsehook.inbox.figures;

import org.jspecify.annotations.NullMarked;
