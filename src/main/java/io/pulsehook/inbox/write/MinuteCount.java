package io.pulsehook.inbox.write;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.IntakeResult;

/**
 * How many events of one kind came within one minute.
 *
 * @param minute the minute since 1970
 * @param kind what sent them
 * @param type their type
 * @param service the code of their service
 * @param result what became of them
 * @param events how many they are
 */
public record MinuteCount(long minute, EventKind kind, String type, String service, IntakeResult result, int events) {

}
