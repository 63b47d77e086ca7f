/** Draws a photo-like picture of an electricity meter, ready to be sent as an image. */
export async function drawMeter(): Promise<{ base64: string; mime: string; caption: string }> {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 800;
  const pen = canvas.getContext('2d');
  const reading = String(10_000 + Math.floor(Math.random() * 80_000)).padStart(6, '0');
  if (pen !== null) {
    drawHousing(pen);
    drawReading(pen, reading);
  }
  return { base64: canvas.toDataURL('image/jpeg', 0.85).split(',')[1] ?? '', mime: 'image/jpeg', caption: '' };
}

function drawHousing(pen: CanvasRenderingContext2D): void {
  const wall = pen.createLinearGradient(0, 0, 640, 800);
  wall.addColorStop(0, '#b9aa92');
  wall.addColorStop(1, '#877862');
  pen.fillStyle = wall;
  pen.fillRect(0, 0, 640, 800);
  pen.shadowColor = 'rgba(0, 0, 0, 0.45)';
  pen.shadowBlur = 40;
  pen.fillStyle = '#e9edf0';
  pen.beginPath();
  pen.roundRect(110, 90, 420, 600, 60);
  pen.fill();
  pen.shadowBlur = 0;
  pen.fillStyle = '#f7f9fa';
  pen.beginPath();
  pen.arc(320, 330, 180, 0, Math.PI * 2);
  pen.fill();
  pen.strokeStyle = '#aab4bd';
  pen.lineWidth = 10;
  pen.stroke();
}

function drawReading(pen: CanvasRenderingContext2D, reading: string): void {
  pen.fillStyle = '#16202e';
  pen.fillRect(186, 270, 268, 70);
  pen.font = 'bold 50px monospace';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  [...reading].forEach((digit, index) => {
    pen.fillStyle = index === reading.length - 1 ? '#ff6b5e' : '#ffffff';
    pen.fillText(digit, 212 + index * 43, 307);
  });
  pen.fillStyle = '#16202e';
  pen.font = '30px sans-serif';
  pen.fillText('kWh', 320, 380);
  pen.font = '24px sans-serif';
  pen.fillText('CÔNG TƠ ĐIỆN 1 PHA', 320, 225);
  pen.fillText('220V   5(20)A   50Hz', 320, 440);
  pen.font = '22px monospace';
  pen.fillText('No 23-0417-8852', 320, 600);
}
