/**
 * The service: the library with defaults of its own. Put handlers here when you build
 * your own service from this repository.
 */
@NullMarked
package io.pulsehook.app;

import org.jspecify.annotations.NullMarked;
