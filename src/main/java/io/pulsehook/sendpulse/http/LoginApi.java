package io.pulsehook.sendpulse.http;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The login to SendPulse's API.
 */
@HttpExchange(contentType = MediaType.APPLICATION_JSON_VALUE, accept = MediaType.APPLICATION_JSON_VALUE)
public interface LoginApi {

	/**
	 * Logs in.
	 * @param body the id and the secret of the account, as JSON in bytes: the HTTP client
	 * writes anything else to its debug log
	 * @return the answer, of any status
	 */
	@PostExchange("/oauth/access_token")
	ResponseEntity<byte[]> login(@RequestBody byte[] body);

}
