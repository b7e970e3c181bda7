/**
 * Reads events and deliveries for the API and the console.
 */
@NullMarked
package io.pulsehook.inbox.query;

import org.jspecify.annotations.NullMarked;
