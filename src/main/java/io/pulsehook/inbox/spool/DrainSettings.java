package io.pulsehook.inbox.spool;

import java.time.Duration;

/**
 * How the spool is drained.
 *
 * @param dedupWindow how long two equal elements that nothing else tells apart count as
 * one
 * @param deadRetention how long bodies are kept that the inbox refused
 */
public record DrainSettings(Duration dedupWindow, Duration deadRetention) {

}
