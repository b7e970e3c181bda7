/**
 * What all pages of the console share: the layout and its tabs, error pages, the login
 * form, live updates, and the headers of answers.
 */
@NullMarked
package io.pulsehook.console.frame;

import org.jspecify.annotations.NullMarked;
