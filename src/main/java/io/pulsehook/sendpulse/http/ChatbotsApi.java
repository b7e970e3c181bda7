package io.pulsehook.sendpulse.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The calls that SendPulse's API has for all channels together. An answer of any status
 * is returned as it came.
 */
@HttpExchange(accept = MediaType.APPLICATION_JSON_VALUE)
public interface ChatbotsApi {

	/**
	 * Gets dialogs of all bots. They cannot be asked for by bot, contact or time.
	 * @param size how many to get at most
	 * @param skip how many to leave out first, or {@code null} for none
	 * @param searchAfter what the answer before said to go on after, or {@code null} to
	 * begin
	 * @param order {@code desc} for those in which a contact wrote last, or {@code asc}
	 * @return the answer
	 */
	@GetExchange("/dialogs")
	ResponseEntity<byte[]> dialogs(@RequestParam int size, @RequestParam(required = false) @Nullable Integer skip,
			@RequestParam(name = "search_after", required = false) @Nullable String searchAfter,
			@RequestParam String order);

}
