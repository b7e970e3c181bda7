/**
 * What tests of an application use: events to build, and a context whose handlers can be
 * posted to and waited for. Without any of it, the storage of tests is kept apart from
 * the application's, and nobody is called whom a test does not name.
 */
@NullMarked
package io.pulsehook.test;

import org.jspecify.annotations.NullMarked;
