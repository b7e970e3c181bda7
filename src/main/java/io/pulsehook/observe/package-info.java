/**
 * Metrics and health of the service.
 */
@NullMarked
package io.pulsehook.observe;

import org.jspecify.annotations.NullMarked;
