/**
 * Posts examples or files to a webhook URL, as SendPulse would.
 */
@NullMarked
package io.pulsehook.app.send;

import org.jspecify.annotations.NullMarked;
