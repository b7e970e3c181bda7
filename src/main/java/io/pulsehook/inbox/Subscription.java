package io.pulsehook.inbox;

import java.util.Set;

/**
 * What a handler wants to receive.
 *
 * @param handler the handler's id
 * @param types the simple names of the records it takes
 * @param ordered whether its deliveries of one key run one after the other
 */
public record Subscription(String handler, Set<String> types, boolean ordered) {

}
