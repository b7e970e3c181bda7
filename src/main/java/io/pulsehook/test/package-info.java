/**
 * Support for the tests of an application: builders of events, and a context in which a
 * test posts events and waits for its handlers. Even tests that use none of it have a
 * storage of their own, and call no URL that they did not set themselves.
 */
@NullMarked
package io.pulsehook.test;

import org.jspecify.annotations.NullMarked;
