/**
 * Tells whoever operates the service of trouble, by posting to one URL.
 */
@NullMarked
package io.pulsehook.alerts;

import org.jspecify.annotations.NullMarked;
