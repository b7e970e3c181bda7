package io.pulsehook.event;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/**
 * The bot of a chatbot event.
 *
 * @param id the id that SendPulse gave the bot
 * @param externalId the id that the messaging platform gave it: of the Facebook page, the
 * business account or the bot
 * @param name its name
 * @param url the link to its page
 * @param channel the messaging platform in capitals, {@code TELEGRAM}; an undocumented
 * twin of the event's {@code service}
 */
public record Bot(@Nullable String id, @JsonAlias("external_id") @Nullable String externalId, @Nullable String name,
		@Nullable String url, @Nullable String channel) {

}
