/**
 * A server that behaves as SendPulse's API, as far as that is known: for tests of
 * handlers that answer. It listens on the loopback interface, refuses what SendPulse
 * refuses, and remembers what was sent.
 */
@NullMarked
package io.pulsehook.test.sendpulse;

import org.jspecify.annotations.NullMarked;
