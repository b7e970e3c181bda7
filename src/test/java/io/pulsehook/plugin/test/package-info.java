/**
 * Plug-ins for the tests of the running service: handlers that write down what they do.
 */
@NullMarked
package io.pulsehook.plugin.test;

import org.jspecify.annotations.NullMarked;
