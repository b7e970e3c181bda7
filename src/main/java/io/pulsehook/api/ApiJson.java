package io.pulsehook.api;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns each answer of the API into a tree of JSON before it is written. A host
 * application may have configured its mapper to rename or omit properties; a tree is
 * written as it is, so that the API keeps to its description.
 */
@RestControllerAdvice(basePackageClasses = ApiJson.class)
class ApiJson implements ResponseBodyAdvice<Object> {

	private final JsonMapper mapper = JsonMapper.shared();

	@Override
	public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
		return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converterType);
	}

	@Override
	public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType,
			MediaType selectedContentType, Class<? extends HttpMessageConverter<?>> selectedConverterType,
			ServerHttpRequest request, ServerHttpResponse response) {
		return (body != null && !(body instanceof ProblemDetail)) ? this.mapper.valueToTree(body) : body;
	}

}
