/**
 * What surrounds each page of the console: the layout and its tabs, error pages, the
 * login form, the news that open pages listen for, and the headers that all answers have.
 */
@NullMarked
package io.pulsehook.console.frame;

import org.jspecify.annotations.NullMarked;
