package io.pulsehook.console.event;

import java.nio.charset.StandardCharsets;

/**
 * Writes the command that posts an event once more. It names a variable of the shell
 * instead of the token, since who has the token can post anything.
 */
final class CurlCommand {

	private CurlCommand() {
	}

	/**
	 * Writes the command for a shell such as bash.
	 * @param webhooks the URL of the webhooks without a token, with a slash at its end
	 * @param body the bytes of the event
	 * @return the command
	 */
	static String of(String webhooks, byte[] body) {
		return """
				curl "%s$PULSEHOOK_TOKEN" \\
				  --header 'Content-Type: application/json' \\
				  --data-raw '%s'
				""".formatted(webhooks, new String(body, StandardCharsets.UTF_8).replace("'", "'\\''"));
	}

}
