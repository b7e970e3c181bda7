/**
 * Tests of the running service: it is started from its jar, killed, starved, besieged,
 * and looked at from outside.
 */
@NullMarked
package io.pulsehook.process;

import org.jspecify.annotations.NullMarked;
