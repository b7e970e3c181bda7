/**
 * The page of a contact: who it is, the conversation, and its erasure.
 */
@NullMarked
package io.pulsehook.console.contacts;

import org.jspecify.annotations.NullMarked;
