/**
 * One of several replicas: the lease by which it keeps what it has claimed, the takeover
 * of replicas that are dead, what they tell each other, and the clock that they share.
 */
@NullMarked
package io.pulsehook.inbox.replica;

import org.jspecify.annotations.NullMarked;
