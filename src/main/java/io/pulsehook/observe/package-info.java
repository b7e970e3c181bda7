/**
 * Tells how the service is doing.
 */
@NullMarked
package io.pulsehook.observe;

import org.jspecify.annotations.NullMarked;
