/**
 * Tells the operator of trouble by posting alarms to a URL.
 */
@NullMarked
package io.pulsehook.alerts;

import org.jspecify.annotations.NullMarked;
