/**
 * The web pages for the operator, which show what arrived, what fails and why.
 */
@NullMarked
package io.pulsehook.console;

import org.jspecify.annotations.NullMarked;
