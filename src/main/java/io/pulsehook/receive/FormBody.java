package io.pulsehook.receive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Recovers the JSON from a body whose sender declared it as a form: the JSON text is then
 * the form's only key, URL-encoded or not.
 */
final class FormBody {

	private FormBody() {
	}

	static boolean is(@Nullable String contentType) {
		return contentType != null
				&& contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
	}

	/**
	 * Returns the JSON text that is the form's only key.
	 * @param form the body as it came
	 * @return the decoded key, or the body itself if it has more than one key or its key
	 * cannot be JSON
	 */
	static byte[] json(byte[] form) {
		byte[] key = withoutTrailingEquals(form);
		if (contains(key, '"')) {
			// An encoder would have replaced the quote, so the body is not encoded.
			return key;
		}
		if (contains(key, '=') || contains(key, '&')) {
			return form;
		}
		byte[] decoded = decode(key);
		return canBeJson(decoded) ? decoded : form;
	}

	// A body that is not JSON is kept as it came, and not decoded.
	private static boolean canBeJson(byte[] bytes) {
		String start = new String(bytes, StandardCharsets.ISO_8859_1).stripLeading();
		return start.isEmpty() || start.startsWith("[") || start.startsWith("{");
	}

	private static byte[] withoutTrailingEquals(byte[] form) {
		int last = form.length - 1;
		return (last >= 0 && form[last] == '=') ? Arrays.copyOf(form, last) : form;
	}

	private static boolean contains(byte[] bytes, char character) {
		for (byte each : bytes) {
			if (each == character) {
				return true;
			}
		}
		return false;
	}

	private static byte[] decode(byte[] key) {
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(key.length);
		for (int i = 0; i < key.length; i++) {
			int escaped = (key[i] == '%') ? escaped(key, i) : -1;
			if (escaped >= 0) {
				decoded.write(escaped);
				i += 2;
			}
			else {
				decoded.write((key[i] == '+') ? ' ' : key[i]);
			}
		}
		return decoded.toByteArray();
	}

	private static int escaped(byte[] key, int percent) {
		if (percent + 2 >= key.length) {
			return -1;
		}
		int high = Character.digit(key[percent + 1], 16);
		int low = Character.digit(key[percent + 2], 16);
		return (high >= 0 && low >= 0) ? (high << 4 | low) : -1;
	}

}
