/**
 * The HTTP side of the client of SendPulse's API: its paths, the token of an account, and
 * the limit of calls a second.
 */
@NullMarked
package io.pulsehook.sendpulse.http;

import org.jspecify.annotations.NullMarked;
