package io.pulsehook.event;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What every chatbot event carries (SendPulse page, Webhook structure). Only the title is
 * always there.
 *
 * @param title the title as sent
 * @param eventTitle the documented title, or {@link EventTitle#OTHER}
 * @param service the messaging channel
 * @param serviceCode the channel as sent, or the lower-cased {@code bot.channel} where
 * {@code service} is missing
 * @param bot the bot
 * @param contact the subscriber
 * @param date when it happened, {@code null} without a usable date
 * @param rawDate the {@code date} as sent, usable or not
 * @param info what the messaging platform told SendPulse, as JSON
 * @param message the message, in old and hand-made forms that have it beside {@code info}
 * instead of in it
 */
public record ChatbotDetails(String title, EventTitle eventTitle, Channel service, @Nullable String serviceCode,
		@Nullable Bot bot, @Nullable Contact contact, @Nullable Instant date, @Nullable String rawDate,
		@Nullable JsonNode info, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode message) {

}
