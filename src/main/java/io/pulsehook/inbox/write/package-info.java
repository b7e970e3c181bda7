/**
 * What a transaction writes, and what the two databases do for it each in their own way.
 */
@NullMarked
package io.pulsehook.inbox.write;

import org.jspecify.annotations.NullMarked;
