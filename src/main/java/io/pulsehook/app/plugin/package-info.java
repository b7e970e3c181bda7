/**
 * The jars with handlers of others that are put beside the service.
 */
@NullMarked
package io.pulsehook.app.plugin;

import org.jspecify.annotations.NullMarked;
