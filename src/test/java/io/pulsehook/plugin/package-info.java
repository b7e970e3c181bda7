/**
 * The service with a jar of somebody else's handlers.
 */
@NullMarked
package io.pulsehook.plugin;

import org.jspecify.annotations.NullMarked;
