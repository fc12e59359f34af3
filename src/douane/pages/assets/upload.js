/* Tells how far a file is; without this the form is sent as any other. What answers it is shown as it would be. */
"use strict";
for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const bar = form.querySelector("progress"), told = form.querySelector("[role=status]");
    if (!form.querySelector("input[type=file]").files.length) return;
    event.preventDefault();
    const request = new XMLHttpRequest(), button = form.querySelector("button");
    const lost = () => { bar.hidden = true; button.disabled = false; told.textContent = form.dataset.upload; };
    request.open("POST", form.action);
    request.upload.onprogress = (each) => { bar.hidden = false; if (each.lengthComputable) { bar.max = each.total; bar.value = each.loaded; } };
    request.onload = () => {
      if (request.status < 400) { location.assign(request.responseURL); return; }
      document.open(); document.write(request.responseText); document.close();
    };
    request.onerror = lost; request.onabort = lost; request.ontimeout = lost;
    told.textContent = ""; button.disabled = true;
    request.send(new FormData(form));
  });
}
