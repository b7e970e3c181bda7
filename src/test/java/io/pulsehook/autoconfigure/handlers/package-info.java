/**
 * Handlers that a test finds by a scan, as an application's own are found.
 */
@NullMarked
package io.pulsehook.autoconfigure.handlers;

import org.jspecify.annotations.NullMarked;
