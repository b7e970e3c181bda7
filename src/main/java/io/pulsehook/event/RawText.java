package io.pulsehook.event;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads any JSON as text: scalars as they are written, objects and arrays as their JSON.
 * It keeps values as sent even if they cannot be understood.
 */
final class RawText extends ValueDeserializer<String> {

	@Override
	public String deserialize(JsonParser parser, DeserializationContext context) {
		return (parser.currentToken().isScalarValue()) ? parser.getString() : context.readTree(parser).toString();
	}

}
