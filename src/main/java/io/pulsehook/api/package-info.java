/**
 * The operator's API, which shows what was received and what became of it, and runs
 * deliveries again.
 */
@NullMarked
package io.pulsehook.api;

import org.jspecify.annotations.NullMarked;
