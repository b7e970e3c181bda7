/**
 * The auto-configuration, which reads the properties and puts the parts together.
 */
@NullMarked
package io.pulsehook.autoconfigure;

import org.jspecify.annotations.NullMarked;
