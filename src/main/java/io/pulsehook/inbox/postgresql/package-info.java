/**
 * The inbox on a server that several replicas share.
 */
@NullMarked
package io.pulsehook.inbox.postgresql;

import org.jspecify.annotations.NullMarked;
