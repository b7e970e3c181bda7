/**
 * What tests of an application need: nothing by default, since their storage is kept
 * apart from the application's by itself.
 */
@NullMarked
package io.pulsehook.test;

import org.jspecify.annotations.NullMarked;
