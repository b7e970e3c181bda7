/**
 * The web pages for whoever runs the service: what arrived, what fails and why.
 */
@NullMarked
package io.pulsehook.console;

import org.jspecify.annotations.NullMarked;
